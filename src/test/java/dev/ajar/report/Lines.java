package dev.ajar.report;

import java.util.List;
import java.util.function.BiConsumer;

/** The differences between two lists of lines. */
final class Lines {
    private static final String NOTHING = "(nothing)";

    private Lines() {}

    /** Passes old and new lines in pairs to {@code pair}, by the longest common subsequence. */
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
            int removed = i;
            int added = j;
            while (removed < before.size() || added < after.size()) {
                boolean both = removed < before.size() && added < after.size();
                if (both && before.get(removed).equals(after.get(added))) {
                    break;
                }
                boolean skipOld = added >= after.size()
                        || (removed < before.size() && common[removed + 1][added] >= common[removed][added + 1]);
                if (skipOld) {
                    removed++;
                } else {
                    added++;
                }
            }
            for (int k = 0; k < Math.max(removed - i, added - j); k++) {
                pair.accept(i + k < removed ? before.get(i + k) : NOTHING, j + k < added ? after.get(j + k) : NOTHING);
            }
            i = removed;
            j = added;
        }
    }
}
