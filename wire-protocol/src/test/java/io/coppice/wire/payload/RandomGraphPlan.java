package io.coppice.wire.payload;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/**
 * How to build one random graph: the objects, each with those made before it that it holds, then what is put into places
 * that are open, by which cycles come about. The same plan gives the same graph again, and a smaller one a smaller.
 */
@NullUnmarked
record RandomGraphPlan(List<Step> steps, List<Put> puts) {
    private static final int NONE = -1;

    /** @param with the numbers of earlier steps, or {@link #NONE} */
    record Step(RandomGraphKinds.Kind kind, int[] with, long seed) {
        @Override
        public String toString() {
            return kind.name() + IntStream.of(with).boxed().toList();
        }
    }

    record Put(int owner, int value) {}

    /** @param rigidCycles how many in a thousand puts may make a cycle through what cannot be made before its parts */
    static RandomGraphPlan random(Random random, int rigidCycles) {
        int size = size(random);
        List<Step> steps = new ArrayList<>();
        BitSet used = new BitSet();
        for (int i = 0; i < size; i++) {
            RandomGraphKinds.Kind kind = RandomGraphKinds.ALL.get(random.nextInt(RandomGraphKinds.ALL.size()));
            int[] with = new int[1 + random.nextInt(3)];
            for (int j = 0; j < with.length; j++) {
                with[j] = i == 0 || random.nextInt(8) == 0 ? NONE : earlier(random, i, used);
                if (with[j] != NONE) used.set(with[j]);
            }
            steps.add(new Step(kind, with, random.nextLong()));
        }
        int[] roots = IntStream.range(0, size).filter(i -> !used.get(i)).toArray();
        steps.add(new Step(root(), roots, 0));
        RandomGraphPlan plan = new RandomGraphPlan(steps, new ArrayList<>());
        int puts = random.nextInt(1 + size / 2);
        for (int i = 0; i < puts; i++) {
            Put put = new Put(random.nextInt(size), random.nextInt(size + 1));
            if (random.nextInt(1000) < rigidCycles || !plan.wouldBeRigid(put)) plan.puts.add(put);
        }
        return plan;
    }

    private static RandomGraphKinds.Kind root() {
        return RandomGraphKinds.ALL.stream()
                .filter(kind -> kind.name().equals("ArrayList"))
                .findFirst()
                .orElseThrow();
    }

    private static int size(Random random) {
        int dice = random.nextInt(200);
        return dice == 0 ? 100 + random.nextInt(400) : 1 + random.nextInt(dice < 20 ? 60 : 12);
    }

    /** Mostly one that nobody holds yet, else any: that one is shared. */
    private static int earlier(Random random, int i, BitSet used) {
        int any = random.nextInt(i);
        int free = used.nextClearBit(any);
        return free < i && random.nextInt(3) > 0 ? free : any;
    }

    /** Whether what is put leads back to where it is put, through something rigid. */
    private boolean wouldBeRigid(Put put) {
        List<List<Integer>> held = new ArrayList<>();
        for (Step step : steps)
            held.add(new ArrayList<>(IntStream.of(step.with).boxed().toList()));
        for (Put each : puts) held.get(each.owner).add(each.value);
        boolean[][] seen = new boolean[steps.size()][2]; // without and with something rigid on the way
        return leadsTo(put.owner, put.value, steps.get(put.owner).kind.rigid(), held, seen);
    }

    private boolean leadsTo(int owner, int at, boolean rigid, List<List<Integer>> held, boolean[][] seen) {
        if (at == NONE) return false;
        boolean rigidHere = rigid || steps.get(at).kind.rigid();
        if (at == owner) return rigidHere;
        if (seen[at][rigidHere ? 1 : 0]) return false;
        seen[at][rigidHere ? 1 : 0] = true;
        for (int next : held.get(at)) if (leadsTo(owner, next, rigidHere, held, seen)) return true;
        return false;
    }

    /** All objects; the last one is the root. */
    List<Object> build() {
        List<Object> built = new ArrayList<>();
        for (Step step : steps) {
            Object[] with = IntStream.of(step.with)
                    .mapToObj(i -> i == NONE ? null : built.get(i))
                    .toArray();
            if (with.length == 0) with = new Object[] {null};
            built.add(step.kind.maker().make(with, new Random(step.seed)));
        }
        for (Put put : puts) RandomGraphKinds.put(built.get(put.owner), built.get(put.value));
        return built;
    }

    /** Plans that are a little smaller: without a put, without one held, without a step that nobody needs. */
    List<RandomGraphPlan> smaller() {
        List<RandomGraphPlan> smaller = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0; i--) if (steps.size() > 1) smaller.add(without(i));
        for (int i = 0; i < puts.size(); i++) {
            List<Put> fewer = new ArrayList<>(puts);
            fewer.remove(i);
            smaller.add(new RandomGraphPlan(steps, fewer));
        }
        for (int i = 0; i < steps.size(); i++)
            for (int j = 0; j < steps.get(i).with.length; j++) if (steps.get(i).with[j] != NONE) smaller.add(cut(i, j));
        return smaller;
    }

    private RandomGraphPlan cut(int step, int place) {
        List<Step> changed = new ArrayList<>(steps);
        Step old = steps.get(step);
        int[] with = old.with.clone();
        with[place] = NONE;
        changed.set(step, new Step(old.kind, with, old.seed));
        return new RandomGraphPlan(changed, puts);
    }

    private RandomGraphPlan without(int gone) {
        List<Step> fewer = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i == gone) continue;
            Step old = steps.get(i);
            int[] with = IntStream.of(old.with).map(w -> moved(w, gone)).toArray();
            fewer.add(new Step(old.kind, with, old.seed));
        }
        List<Put> kept = puts.stream()
                .filter(put -> put.owner != gone && put.value != gone)
                .map(put -> new Put(moved(put.owner, gone), moved(put.value, gone)))
                .toList();
        return new RandomGraphPlan(fewer, kept);
    }

    private static int moved(int step, int gone) {
        if (step == gone) return NONE;
        return step > gone ? step - 1 : step;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++)
            text.append("  ").append(i).append(" = ").append(steps.get(i)).append('\n');
        for (Put put : puts)
            text.append("  put ")
                    .append(put.value)
                    .append(" into ")
                    .append(put.owner)
                    .append('\n');
        return text.toString();
    }
}
