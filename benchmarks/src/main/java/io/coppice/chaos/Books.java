package io.coppice.chaos;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted over all rounds. Thread-safe. */
final class Books {
    /** What is counted. */
    enum Entry {
        POOLS("pools"),
        CALLS("calls"),
        RESULTS("results"),
        FAILED("failed by themselves"),
        DIED("failed with their worker"),
        TIMED_OUT("timed out"),
        CANCELLED("cancelled"),
        KILLS("workers killed from outside"),
        STOPS("workers stopped for a while"),
        DEADLY("deadly calls run"),
        LOST("lost"),
        DUPLICATED("duplicated"),
        WRONG("wrong"),
        LEAKED("leaked processes and files");

        final String words;

        Entry(String words) {
            this.words = words;
        }
    }

    private final Map<Entry, AtomicLong> counts = new EnumMap<>(Entry.class);

    Books() {
        for (Entry entry : Entry.values()) counts.put(entry, new AtomicLong());
    }

    void add(Entry entry, long count) {
        of(entry).addAndGet(count);
    }

    long count(Entry entry) {
        return of(entry).get();
    }

    private AtomicLong of(Entry entry) {
        AtomicLong count = counts.get(entry);
        if (count == null) throw new IllegalStateException("not counted: " + entry);
        return count;
    }

    /** Workers that did not end as they were asked to. */
    long deaths() {
        return count(Entry.KILLS) + count(Entry.DEADLY);
    }

    /** Whether no call was lost, run twice or answered wrongly, and nothing is left behind. */
    boolean areInOrder() {
        return count(Entry.LOST) + count(Entry.DUPLICATED) + count(Entry.WRONG) + count(Entry.LEAKED) == 0;
    }

    Map<String, Long> lines() {
        Map<String, Long> lines = new LinkedHashMap<>();
        for (Entry entry : Entry.values()) lines.put(entry.words, count(entry));
        return lines;
    }
}
