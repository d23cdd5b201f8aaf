/**
 * What {@code scripts/fuzz} runs: every decoder of the wire, on both sides, on bytes that nobody meant. A decoder may
 * give a value or its documented exception, soon, and with memory in proportion to the bytes. Start reading at {@code
 * FuzzCommand}; a decoder more is a line more in {@code Targets}.
 */
@NullMarked
package io.coppice.fuzz;

import org.jspecify.annotations.NullMarked;
