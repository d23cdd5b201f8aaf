package io.coppice.fuzz;

import io.coppice.code.ParentClasses;
import io.coppice.wire.FrameDecoder;
import io.coppice.wire.FrameType;
import io.coppice.wire.payload.AnswerClasses;
import io.coppice.wire.payload.ClassSpace;
import io.coppice.wire.payload.PayloadCodec;
import java.util.List;
import java.util.function.Supplier;

/**
 * All decoders. One of a kind of its own implements {@link Target} and gets a line here.
 *
 * @param share of the inputs, of all shares
 * @param made anew for each thread
 */
record Targets(String name, int share, Supplier<Target> made) {
    private static final ClassLoader LOADER = Targets.class.getClassLoader();

    static List<Targets> all() {
        return List.of(
                new Targets(
                        "frames of the parent", 28, () -> frames(FrameType.Sender.PARENT, FrameSamples.ofTheParent())),
                new Targets("frames of a worker", 28, () -> frames(FrameType.Sender.WORKER, FrameSamples.ofAWorker())),
                new Targets("lifeline, birth", 8, () -> frames(FrameType.Sender.PARENT, FrameSamples.ofTheLifeline())),
                new Targets("strangers", 8, () -> strangers()),
                new Targets("fetch", 4, () -> frames(FrameType.Sender.WORKER, FrameSamples.fetches())),
                new Targets("supply", 5, () -> frames(FrameType.Sender.PARENT, FrameSamples.codes())),
                new Targets("rows of outcomes", 5, () -> frames(FrameType.Sender.WORKER, FrameSamples.rows())),
                new Targets("flight records", 2, FlightTarget::new),
                new Targets("large arrays", 1, TailTarget::new),
                new Targets("values, parent", 4, () -> values(inTheParent(), PayloadSamples.values())),
                new Targets("values, worker", 2, () -> values(inAWorker(), PayloadSamples.values())),
                new Targets("values, listed", 2, () -> values(listed(), PayloadSamples.values())),
                new Targets("java forms", 2, () -> values(inTheParent(), PayloadSamples.javaForms())),
                new Targets("functions", 1, () -> values(inAWorker(), PayloadSamples.functions())),
                new Targets(
                        "arguments",
                        2,
                        () -> PayloadTarget.ofArguments(new PayloadCodec(inAWorker()), PayloadSamples.arguments(), 2)));
    }

    private static Target frames(FrameType.Sender sender, List<byte[]> samples) {
        return new FrameTarget(() -> new FrameDecoder(sender), samples);
    }

    private static Target strangers() {
        return new FrameTarget(() -> FrameDecoder.expectingFirst(FrameType.HELLO), FrameSamples.ofTheHandshake());
    }

    private static Target values(ClassSpace space, List<byte[]> samples) {
        return PayloadTarget.ofValues(new PayloadCodec(space), samples);
    }

    private static ClassSpace inTheParent() {
        return new ParentClasses(LOADER);
    }

    private static ClassSpace listed() {
        return AnswerClasses.of(List.of("io.coppice.fuzz.PayloadSamples$Point")).in(inTheParent());
    }

    /** Its own, which asks a parent for classes, is not needed for those that are there. */
    private static ClassSpace inAWorker() {
        return new ClassSpace() {
            private final ClassSpace classPath = ClassSpace.of(LOADER);

            @Override
            public int loaderOf(Class<?> type) {
                return CLASS_PATH;
            }

            @Override
            public Class<?> find(int loader, String name) throws ClassNotFoundException {
                return classPath.find(loader, name);
            }

            @Override
            public boolean takesVariables() {
                return true;
            }
        };
    }
}
