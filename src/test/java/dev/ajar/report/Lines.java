package dev.ajar.report;

import java.util.List;
import java.util.function.BiConsumer;

/** What changed from one list of lines to another. */
final class Lines {
    private static final String NOTHING = "(nothing)";

    private Lines() {}

    /** Tells old and new lines in pairs, by the longest common subsequence. */
    static void changed(List<String> before, List<String> after, BiConsumer<String, String> pair) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
                continue;
            }
            int gone = i;
            int come = j;
            while (gone < before.size() || come < after.size()) {
                boolean both = gone < before.size() && come < after.size();
                if (both && before.get(gone).equals(after.get(come))) {
                    break;
                }
                boolean skipOld = come >= after.size()
                        || (gone < before.size() && common[gone + 1][come] >= common[gone][come + 1]);
                if (skipOld) {
                    gone++;
                } else {
                    come++;
                }
            }
            for (int k = 0; k < Math.max(gone - i, come - j); k++) {
                pair.accept(i + k < gone ? before.get(i + k) : NOTHING, j + k < come ? after.get(j + k) : NOTHING);
            }
            i = gone;
            j = come;
        }
    }
}
