package io.coppice.wire.payload;

/** A reference back to something that is made after all it holds was met among what it holds. */
final class Cycle extends Refusal {
    private static final long serialVersionUID = 1;

    private final int number;

    /** @param number in {@link References} */
    Cycle(Object through, int number) {
        super(
                through,
                named(through) + " again, in a cycle: it is made after all that it holds, so nothing of that can refer"
                        + " back to it; leave the reference back out, or use a class with fields in its place");
        this.number = number;
    }

    int number() {
        return number;
    }
}
