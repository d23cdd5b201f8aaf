package io.coppice.wire;

/**
 * What stands behind a {@link CodeName}.
 *
 * @param definer of a class: the number of the loader that defined it, or {@link #NOWHERE}; of a resource: {@link
 *     #NOWHERE} if there is none
 * @param contents of a class that is to be defined on the other side: its bytes, and the URL it came from, which may be
 *     empty; of resources: the bytes of each
 */
public record Code(CodeName name, int definer, Items contents) {
    /** There is no such class or resource. */
    public static final int NOWHERE = -1;

    /** There is such a resource, but it is larger than is sent. */
    public static final int TOO_LARGE = -2;

    /** Resources of one name, all together, are sent up to this size. */
    public static final int MOST_RESOURCE_BYTES = 64 << 20;

    public static Code nowhere(CodeName name) {
        return new Code(name, NOWHERE, Items.NONE);
    }

    public boolean isThere() {
        return definer >= 0;
    }
}
