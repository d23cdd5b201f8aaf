/**
 * Coppice from outside, with real child JVMs: {@code *IT} start them, {@code *Test} do not. {@link
 * io.coppice.it.ExecutorContract} holds what both executors promise; {@link io.coppice.it.NothingLeftBehind} runs after
 * every test. Not null-marked: it plays the user, who passes what must be refused.
 */
package io.coppice.it;
