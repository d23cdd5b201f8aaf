package io.coppice.wire;

import java.util.List;

/**
 * One message between a parent and a worker. {@link FrameLayout} draws bodies; {@link FrameType} says what they mean.
 */
public sealed interface Frame {
    FrameType type();

    /** What stands in the header's id field, see {@link FrameLayout}; zero where there is nothing to name. */
    default long id() {
        return 0;
    }

    record Birth(Token token, String socketPath) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.BIRTH;
        }
    }

    record Hello(int version, Token token) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.HELLO;
        }
    }

    /**
     * @param setup empty; or one item, the user's serializers, which may be empty; or three, the second and third of
     *     them the initializer's function and its arguments
     */
    record Welcome(int version, Items setup) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.WELCOME;
        }
    }

    record Refused(String reason) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.REFUSED;
        }
    }

    /** @param outcome one item: how the initializer ended (RETURNED null where there is none) */
    record Ready(Items outcome) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.READY;
        }
    }

    record Function(long id, Payload function) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.FUNCTION;
        }
    }

    /**
     * @param turn of its first item
     * @param arguments one item each: of one call, or of the items of a chunk
     */
    record Call(long turn, long functionId, Items arguments) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CALL;
        }

        @Override
        public long id() {
            return turn;
        }
    }

    /**
     * @param turn of its first item
     * @param arguments one item for each of the calls
     */
    record Calls(long turn, long functionId, Items arguments) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CALLS;
        }

        @Override
        public long id() {
            return turn;
        }
    }

    /**
     * @param turn of the item whose outcome is the first here
     * @param runNanos time spent on these items: reading, running, writing
     */
    record Answer(long turn, long runNanos, Items outcomes) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.ANSWER;
        }

        @Override
        public long id() {
            return turn;
        }
    }

    /**
     * @param upTo the last turn that was sent
     * @param from the first turn that is asked back, if it has not begun
     */
    record Recall(long upTo, long from) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.RECALL;
        }

        @Override
        public long id() {
            return upTo;
        }
    }

    /**
     * @param upTo as in the RECALL that this answers
     * @param kept the last turn that is run; those behind it, up to {@code upTo}, never are
     */
    record Recalled(long upTo, long kept) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.RECALLED;
        }

        @Override
        public long id() {
            return upTo;
        }
    }

    record Forget(long id) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.FORGET;
        }
    }

    /** Meant are the calls whose first turn is one of these. */
    record Interrupt(long first, long last) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.INTERRUPT;
        }

        @Override
        public long id() {
            return first;
        }
    }

    /** @param id of the request; what is answered carries the same */
    record Fetch(long id, CodeName wanted) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.FETCH;
        }
    }

    /** @param id of the request, or zero for what was not asked for */
    record Supply(long id, List<Code> codes) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.SUPPLY;
        }
    }

    /** @param id the loader's number */
    record Unload(long id) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.UNLOAD;
        }
    }

    /** Meant is this item alone, of a chunk or not, and only if it runs. */
    record Hurry(long turn) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.HURRY;
        }

        @Override
        public long id() {
            return turn;
        }
    }

    record Condemn(long turn) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CONDEMN;
        }

        @Override
        public long id() {
            return turn;
        }
    }

    /**
     * @param turn as in the CONDEMN that this answers
     * @param stack where the worker's executing thread is, innermost first; empty: this item had ended, and it goes on
     */
    record Condemned(long turn, List<StackTraceElement> stack) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CONDEMNED;
        }

        @Override
        public long id() {
            return turn;
        }
    }

    record Record() implements Frame {
        @Override
        public FrameType type() {
            return FrameType.RECORD;
        }
    }

    record Spent() implements Frame {
        @Override
        public FrameType type() {
            return FrameType.SPENT;
        }
    }

    record Leave() implements Frame {
        @Override
        public FrameType type() {
            return FrameType.LEAVE;
        }
    }

    record Goodbye() implements Frame {
        @Override
        public FrameType type() {
            return FrameType.GOODBYE;
        }
    }
}
