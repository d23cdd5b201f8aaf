package io.coppice.wire.payload;

import java.util.*;
import org.jspecify.annotations.NullUnmarked;

/** Sends one random graph after the other, tells what came back different, and finds the smallest graph that does. */
@NullUnmarked
final class RandomGraphTrip {
    private static final int MOST_TRIES_TO_SHRINK = 5_000;

    /** A plan, and where its graph came back different. */
    record Different(RandomGraphPlan plan, String difference) {}

    private final PayloadCodec writer = Travel.codec();
    private final PayloadCodec reader = Travel.codec();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int refused;
    private final List<String> standIns = new ArrayList<>();

    int refused() {
        return refused;
    }

    /** How many for which reason. */
    Map<String, Integer> refusals() {
        return refusals;
    }

    /** Why throwables came back as their stand-ins. */
    List<String> standIns() {
        return standIns;
    }

    /** Null if the graph came back, or was refused. */
    String difference(RandomGraphPlan plan) {
        List<Object> built = plan.build();
        Object root = built.get(built.size() - 1);
        try {
            writer.writeValue(root);
        } catch (PayloadException refusal) {
            refused++;
            refusals.merge(reason(refusal), 1, Integer::sum);
            return null;
        }
        Object read;
        try {
            read = reader.readValue(writer.take());
        } catch (PayloadException unreadable) {
            return "was written and cannot be read: " + unreadable.getMessage();
        }
        RandomGraphComparison comparison = new RandomGraphComparison(true);
        String difference = comparison.compare(root, read);
        standIns.addAll(comparison.standIns());
        return difference != null ? difference : wrapperOfAnother(built, comparison);
    }

    /** What wraps a list, and the list, must still be the same elements: an addition shows. */
    @SuppressWarnings("unchecked")
    private static String wrapperOfAnother(List<Object> built, RandomGraphComparison comparison) {
        for (Object wrapper : built) {
            if (!(wrapper instanceof Collection<?>)
                    || !wrapper.getClass().getName().startsWith("java.util.Collections$")) continue;
            Collection<Object> wrapperThere = (Collection<Object>) comparison.cameBackAs(wrapper);
            if (wrapperThere == null) continue;
            for (Object list : built) {
                Object there = list.getClass() == ArrayList.class ? comparison.cameBackAs(list) : null;
                if (there == null) continue;
                boolean wasWrapped = follows(wrapper, list);
                boolean isWrapped = follows(wrapperThere, there);
                if (wasWrapped != isWrapped)
                    return "an " + list.getClass().getName() + " and its "
                            + wrapper.getClass().getName() + ": wasWrapped=" + wasWrapped + ", isWrapped=" + isWrapped;
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static boolean follows(Object wrapper, Object list) {
        int before = ((Collection<?>) wrapper).size();
        ((List<Object>) list).add("added");
        int after = ((Collection<?>) wrapper).size();
        ((List<Object>) list).remove(((List<Object>) list).size() - 1);
        return after == before + 1;
    }

    private static String reason(PayloadException refusal) {
        String message = String.valueOf(refusal.getMessage());
        int sentence = Math.max(message.lastIndexOf(" holds "), message.lastIndexOf("): "));
        return message.substring(Math.max(sentence, 0)).replaceAll("\\d+", "0");
    }

    Different smallest(RandomGraphPlan plan, String difference) {
        Different smallest = new Different(plan, difference);
        int tries = 0;
        for (boolean smaller = true; smaller; ) {
            smaller = false;
            for (RandomGraphPlan candidate : smallest.plan.smaller()) {
                if (tries++ > MOST_TRIES_TO_SHRINK) break;
                String found = differenceIfBuilt(candidate);
                if (found == null) continue;
                smallest = new Different(candidate, found);
                smaller = true;
                break;
            }
        }
        return smallest;
    }

    private String differenceIfBuilt(RandomGraphPlan plan) {
        try {
            return difference(plan);
        } catch (RuntimeException cannotBeBuilt) {
            return null;
        }
    }
}
