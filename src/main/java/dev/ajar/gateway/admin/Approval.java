package dev.ajar.gateway.admin;

import dev.ajar.message.Message;

/** A user who can confirm a change on the router itself, by a press on it or a call. */
public interface Approval {
    /** There is no user, as in the daemon. */
    Approval NONE = new Approval() {
        @Override
        public boolean isAttended() {
            return false;
        }

        @Override
        public void tell(Message what) {}
    };

    /** Whether a user sees at once what is told. */
    boolean isAttended();

    /** @param what the user has to do now */
    void tell(Message what);
}
