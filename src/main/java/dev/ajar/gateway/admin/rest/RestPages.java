package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import java.util.List;

/**
 * A list that is asked for in pages, since a whole one of that make would soon be longer than any answer may be. Pure.
 *
 * @param size the rows of a page
 * @param total where each page tells how many rows there are; a page may have some of the router's own beside them
 */
record RestPages(int size, String total) {
    static RestPages of(JsonObject pages) {
        return new RestPages(Math.toIntExact(pages.number("size")), pages.text("total"));
    }

    /** How many rows the list has, as that page tells it; negative where it does not. */
    long total(Object page) {
        String text = JsonBody.text(page, total);
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    }

    /** Whether page {@code number}, counted from 1, has all that it must have of {@code whole} rows. */
    boolean isComplete(List<Object> rows, int number, long whole) {
        long before = (number - 1L) * size;
        return whole >= 0 && rows.size() >= Math.min(size, Math.max(0, whole - before));
    }

    boolean isLast(int number, long whole) {
        return (long) number * size >= whole;
    }
}
