package dev.ajar.gateway.admin;

/**
 * The names that a make allows.
 *
 * @param prefix what ajar's names begin with
 * @param separator between the parts; one that the make allows
 * @param others characters that are allowed beside ASCII letters and digits
 * @param longest the most characters
 */
public record RuleName(String prefix, char separator, String others, int longest) {
    /**
     * @param description the name that the user chose, or the standard one
     * @param mark letters and digits
     */
    public String of(String description, String mark) {
        StringBuilder text = new StringBuilder(prefix);
        String plain = description.startsWith("ajar ") ? description.substring("ajar ".length()) : description;
        int room = longest - prefix.length() - mark.length() - 1;
        plain.chars().limit(Math.max(0, room)).forEach(c -> text.append(isAllowed((char) c) ? (char) c : separator));
        return text.append(separator).append(mark).toString();
    }

    private boolean isAllowed(char c) {
        boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letterOrDigit || others.indexOf(c) >= 0;
    }
}
