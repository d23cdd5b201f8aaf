/** Tests of the demo's pure pieces; none starts a child JVM. */
@NullMarked
package io.coppice.terminal;

import org.jspecify.annotations.NullMarked;
