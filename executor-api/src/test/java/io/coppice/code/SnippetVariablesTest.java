package io.coppice.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which variables of a JShell session go with code: those that it can reach. The snippets are JShell's own. */
class SnippetVariablesTest {
    private static final String[] VARIABLES = {"int a = 1;", "String b = \"\";", "Object pool = null;"};

    private static final SnippetSession session = new SnippetSession(VARIABLES);

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void aLambdaUsesWhatItsBodyReadsOrWrites() {
        assertThat(session.variablesOf(session.lambda("() -> 7"))).isEmpty();
        assertThat(session.variablesOf(session.lambda("() -> a + b"))).containsExactly("a", "b");
        assertThat(session.variablesOf(session.lambda("() -> a = 2"))).containsExactly("a");
    }

    /** The statement that makes the lambda lies in the same class. */
    @Test
    void whatTheStatementAroundALambdaUsesDoesNotCount() {
        Object lambda = session.value("pool == null ? (Code) () -> a : (Code) () -> b");
        assertThat(session.variablesOf(lambda)).containsExactly("a");
    }

    @Test
    void aVariableThatHoldsALambdaCountsForNothingInIt() {
        session.eval("Code held = () -> a;");
        assertThat(session.variablesOf(session.value("held"))).containsExactly("a");
        assertThat(session.variablesOf(session.lambda("() -> held.run()"))).containsExactly("held");
    }

    @Test
    void methodsAreFollowedFromCallToCall() {
        session.eval("int inner() { return a; }", "int outer() { return inner() + 1; }", "int other() { return 2; }");
        assertThat(session.variablesOf(session.lambda("() -> outer()"))).containsExactly("a");
        assertThat(session.variablesOf(session.lambda("() -> other()"))).isEmpty();
    }

    @Test
    void recursionEnds() {
        session.eval("int even(int n) { return n == 0 ? a : even(n - 1); }");
        assertThat(session.variablesOf(session.lambda("() -> even(9)"))).containsExactly("a");
    }

    @Test
    void lambdasInLambdasAreFollowed() {
        Object lambda = session.lambda("() -> java.util.stream.Stream.of(1).map(i -> i + a).map(i -> b + i).toList()");
        assertThat(session.variablesOf(lambda)).containsExactly("a", "b");
    }

    @Test
    void aMethodThatWasDeclaredBeforeWhatItUsesIsFollowed() {
        session.eval("int early() { return late(); }", "int late() { return later; }", "int later = 3;");
        assertThat(session.variablesOf(session.lambda("() -> early()"))).containsExactly("later");
    }

    @Test
    void aReferenceToAMethodUsesWhatTheMethodUses() {
        session.eval(
                "class Tree { int height = a; int height() { return height; } static Object oldest() { return b; } }");
        assertThat(session.variablesOf(session.value("(Code) Tree::oldest"))).containsExactly("b");
        assertThat(session.variablesOf(session.value("(Code) new Tree()::height")))
                .containsExactly("a");
        assertThat(session.variablesOf(session.value("(Code) Tree::new"))).containsExactly("a");
    }

    @Test
    void aValueUsesWhatItsMethodsUse() {
        session.eval("record Leaf(int n) { int more() { return n + a; } }", "class Twig { String s = b; }");
        assertThat(session.variablesOf(session.value("new Leaf(1)"))).containsExactly("a");
        assertThat(session.variablesOf(session.value("new Twig()"))).containsExactly("b");
        assertThat(session.variablesOf(session.value("new Leaf[0][0]"))).containsExactly("a");
        assertThat(session.variablesOf(session.lambda("() -> new Twig()"))).containsExactly("b");
        assertThat(session.variablesOf(session.lambda("() -> Leaf.class"))).containsExactly("a");
    }

    @Test
    void supertypesCount() {
        session.eval(
                "interface Named { default String name() { return b; } }",
                "abstract class Plant implements Named { int height() { return a; } }",
                "class Ash extends Plant {}");
        assertThat(session.variablesOf(session.value("new Ash()"))).containsExactly("a", "b");
    }

    @Test
    void aLambdaOfADeclaredInterfaceUsesItsDefaultMethods() {
        session.eval("interface Named extends Code { default String name() { return b; } }");
        assertThat(session.variablesOf(session.value("(Named) () -> a"))).containsExactly("a", "b");
    }

    /** A program as one types it: the class that submits is also the class of the work. */
    @Test
    void ofStaticMethodsOnlyThoseCountThatAreCalled() {
        session.eval("class App {"
                + " static Object start() { return pool == null ? (Code) () -> work() : null; }"
                + " static int work() { return a; } }");
        assertThat(session.variablesOf(session.value("App.start()"))).containsExactly("a");
        assertThat(session.variablesOf(session.lambda("() -> App.work()"))).containsExactly("a");
        assertThat(session.variablesOf(session.lambda("() -> App.start()"))).containsExactly("a", "pool");
    }

    @Test
    void anInheritedStaticMethodIsFoundWhereItIs() {
        session.eval("class Base { static int work() { return a; } }", "class Derived extends Base {}");
        assertThat(session.variablesOf(session.lambda("() -> Derived.work()"))).containsExactly("a");
    }

    @Test
    void staticFieldsOfDeclaredClassesAreNoVariables() {
        session.eval(
                "enum Kind { OAK, ASH { int rings() { return a; } }; int rings() { return 0; } }",
                "class Counter { static int count = b.length(); }");
        assertThat(session.variablesOf(session.value("Kind.OAK"))).containsExactly("a"); // OAK's class makes ASH
        assertThat(session.variablesOf(session.lambda("() -> Counter.count")))
                .as("what initializes them")
                .containsExactly("b");
    }

    @Test
    void anAnonymousClassCounts() {
        assertThat(session.variablesOf(session.value("new Object() { int get() { return a; } }")))
                .containsExactly("a");
        session.eval("var anonymous = new Object() { String get() { return b; } };");
        assertThat(session.variablesOf(session.value("anonymous"))).containsExactly("b");
    }

    @Test
    void temporaryVariablesCount() {
        session.eval("b.length()");
        String name = session.lastVariable();
        assertThat(name).startsWith("$");
        assertThat(session.variablesOf(session.lambda("() -> " + name))).containsExactly(name);
    }

    @Test
    void aVariableOfAnotherTypeIsAnotherVariable() {
        session.eval("int changing = 1;");
        Object before = session.lambda("() -> changing");
        session.eval("String changing = \"\";");
        assertThat(session.variablesOf(before)).containsExactly("changing");
        assertThat(session.variablesOf(session.lambda("() -> changing"))).containsExactly("changing of B");
    }

    @Test
    void whatTheCompilerAddsIsNoVariable() {
        session.eval("int checked(int n) { assert n > 0 : b; return n; }");
        assertThat(session.variablesOf(session.lambda("() -> checked(1)"))).containsExactly("b");
    }

    @Test
    void instructionsOfEveryLengthAreReadOver() {
        String wide =
                IntStream.range(0, 300).mapToObj(i -> "long v" + i + " = n;").collect(Collectors.joining());
        session.eval("int switches(int n) { " + wide + " v299++; int w = n; w += 1000;"
                + " switch (n) { case 1: w++; case 2: w--; case 3: return 1; default: }"
                + " switch (n) { case 10: w++; case -2000: w--; case 90000: return 2; default: }"
                + " int[][][] many = new int[n][n][]; Object o = new Object[many.length];"
                + " synchronized (o) { w += o instanceof String s ? s.length() : 70000; }"
                + " return a + w + (int) v299; }");
        assertThat(session.variablesOf(session.lambda("() -> switches(1)"))).containsExactly("a");
    }

    /** Two sessions number their snippets alike: the second one's bytes are those of a class redefined in place. */
    @Test
    void aClassThatIsRedefinedIsReadAgain() {
        try (var session = new SnippetSession(VARIABLES);
                var later = new SnippetSession(VARIABLES)) {
            session.eval("int redefined() { return a; }");
            later.eval("int redefined() { return b.length(); }");
            Object lambda = session.lambda("() -> redefined()");
            Map<String, byte[]> redefinitions = new HashMap<>();
            SnippetVariables variables = new SnippetVariables(
                    type -> redefinitions.getOrDefault(type.getName(), SnippetSession.bytes(type)));

            assertThat(SnippetSession.variablesOf(lambda, variables)).containsExactly("a");
            Class<?> wrapper = later.wrapperOf("redefined");
            redefinitions.put(wrapper.getName(), SnippetSession.bytes(wrapper));
            assertThat(SnippetSession.variablesOf(lambda, variables)).containsExactly("b");
        }
    }

    @Test
    void aSnippetClassWithoutBytesIsRefused() {
        Object lambda = session.lambda("() -> a");
        assertThatThrownBy(() -> SnippetSession.variablesOf(lambda, new SnippetVariables(type -> null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("REPL.$JShell$");
    }

    @Test
    void snippetsAreKnownByTheirNames() {
        session.eval("record Leaf(int n) {}");
        Object lambda = session.lambda("() -> a");
        assertThat(SnippetVariables.isSnippet((Class<?>) session.value("Leaf.class")))
                .isTrue();
        assertThat(SnippetVariables.isSnippet(((Class<?>) session.value("Leaf.class")).getEnclosingClass()))
                .isTrue();
        for (Class<?> other : List.of(lambda.getClass(), String.class, SnippetSession.class, int[].class))
            assertThat(SnippetVariables.isSnippet(other)).as("%s", other).isFalse();
    }
}
