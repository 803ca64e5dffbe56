package dev.ajar.gateway;

/** What a finder tells while it searches, for those who wait for it. Called on the finder's thread. */
public interface SearchWatch {
    /** For a search that does not wait for any single finder. */
    SearchWatch NONE = new SearchWatch() {
        @Override
        public void asked() {}

        @Override
        public void reading(boolean underWay) {}
    };

    /** Its first questions are on their way: from now on a router may answer. */
    void asked();

    /** @param underWay whether the gateway has answered, and what it is, is being read */
    void reading(boolean underWay);
}
