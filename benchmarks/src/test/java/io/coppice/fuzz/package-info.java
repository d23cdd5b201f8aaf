/** A short fuzzing of every decoder. */
@NullMarked
package io.coppice.fuzz;

import org.jspecify.annotations.NullMarked;
