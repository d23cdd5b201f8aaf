/** What the programs of this module draw on a terminal. */
@NullMarked
package io.coppice.terminal;

import org.jspecify.annotations.NullMarked;
