package io.coppice.code;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A number for each class loader that was met, from 1; it keeps none of them alive. Thread-safe. */
final class LoaderNumbers {
    /** By identity: a loader's equals is its own business. */
    private static final class Key extends WeakReference<ClassLoader> {
        private final int hash;

        Key(ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> collected) {
            super(loader, collected);
            hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || other instanceof Key key && get() != null && key.refersTo(get());
        }
    }

    private static final class Numbered extends WeakReference<ClassLoader> {
        final int number;

        Numbered(int number, ClassLoader loader, ReferenceQueue<ClassLoader> collected) {
            super(loader, collected);
            this.number = number;
        }
    }

    private final Map<Key, Integer> current = new HashMap<>();
    private final Map<Integer, Numbered> byNumber = new HashMap<>();
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>(); // of the numbers
    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>(); // of the keys
    private int last;

    synchronized int of(ClassLoader loader) {
        Integer known = current.get(new Key(loader, null));
        return known != null ? known : renew(loader);
    }

    /** Gives it another number: some of its classes are not what they were under the one before, which stays valid. */
    synchronized int renew(ClassLoader loader) {
        int number = ++last;
        current.put(new Key(loader, gone), number);
        byNumber.put(number, new Numbered(number, loader, collected));
        return number;
    }

    /** The loader of this number; null if there is none any more. */
    synchronized @Nullable ClassLoader get(int number) {
        Numbered known = byNumber.get(number);
        return known == null ? null : known.get();
    }

    /** Numbers whose loaders have been collected since this was last asked. */
    synchronized List<Integer> takeCollected() {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) current.remove(key);
        List<Integer> numbers = new ArrayList<>(0);
        for (Reference<? extends ClassLoader> next = collected.poll(); next != null; next = collected.poll()) {
            int number = ((Numbered) next).number;
            byNumber.remove(number);
            numbers.add(number);
        }
        return numbers;
    }
}
