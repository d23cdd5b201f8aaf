/**
 * The parent's classes as workers may have them: numbers for class loaders, the bytes of classes and resources, and what
 * an interactive session's code needs besides.
 */
@NullMarked
package io.coppice.code;

import org.jspecify.annotations.NullMarked;
