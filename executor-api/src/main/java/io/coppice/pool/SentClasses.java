package io.coppice.pool;

import io.coppice.code.CodeServer;
import io.coppice.wire.Code;
import io.coppice.wire.Frame;
import java.util.List;
import java.util.function.Consumer;

/** The classes of the parent's that one worker has been sent, and its requests for more. Dispatcher thread only. */
final class SentClasses {
    /** Each thread of a worker waits for its own: more of them at once is a worker run wild. */
    private static final int MOST_REQUESTS = 10_000;

    private final CodeServer code;
    private final Consumer<Frame> connection;
    private int sent; // of those that workers were given
    private int requests; // not answered yet

    SentClasses(CodeServer code, Consumer<Frame> connection) {
        this.code = code;
        this.connection = connection;
    }

    /** A request has come; false if it is one too many. */
    boolean mayAsk() {
        return requests++ < MOST_REQUESTS;
    }

    /** Answers a request, and sends what other workers have needed since it was last sent any. */
    void answer(long request, Code wanted) {
        requests--;
        List<Code> all = notSent();
        if (all.stream().noneMatch(each -> each == wanted)) all.add(wanted);
        connection.accept(new Frame.Supply(request, all));
    }

    /** Sends that without being asked. */
    void sendNew() {
        List<Code> all = notSent();
        if (!all.isEmpty()) connection.accept(new Frame.Supply(0, all));
    }

    private List<Code> notSent() {
        int from = sent;
        sent = code.givenCount();
        return code.given(from, sent);
    }
}
