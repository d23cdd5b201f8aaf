package io.coppice.bench.contenders;

/** The least that a JVM can do: the unit in which starts are measured. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("Hello");
    }
}
