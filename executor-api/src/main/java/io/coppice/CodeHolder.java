package io.coppice;

import java.util.Set;

/** Keeps class loaders from being collected while there is a result to come, or to be read, that may need them. */
interface CodeHolder {
    /** @param loaders of what was encoded; mostly none, as those of the class path need not be held */
    void hold(Set<ClassLoader> loaders);
}
