package io.coppice.wire;

import java.util.List;

/** One message between a parent and a worker. Bodies are drawn in {@link FrameLayout}; meanings in {@link FrameType}. */
public sealed interface Frame {
    FrameType type();

    /** What stands in the header's id field: a call's or a function's id, else zero. */
    default long id() {
        return 0;
    }

    record Birth(Token token, String socketPath) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.BIRTH;
        }
    }

    record Hello(int version, Token token, long pid) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.HELLO;
        }
    }

    /**
     * @param setup empty; or one item, the user's serializers, which may be empty; or three, the second and third of them
     *     the initializer's function and its arguments
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

    /** @param arguments one item per call of the chunk */
    record Call(long id, long functionId, Items arguments) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.CALL;
        }
    }

    /**
     * @param firstItem the place in the call of the first outcome here
     * @param runNanos time spent on these items: reading, running, writing
     */
    record Answer(long id, int firstItem, long runNanos, Items outcomes) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.ANSWER;
        }
    }

    record Forget(long id) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.FORGET;
        }
    }

    record Interrupt(long id) implements Frame {
        @Override
        public FrameType type() {
            return FrameType.INTERRUPT;
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
