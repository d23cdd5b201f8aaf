package io.coppice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds wherever Java is typed into JShell: nothing of a session is on a class path, and its variables are static
 * fields that a worker has not set. All tests of a class share one session; each uses names of its own.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JShellContract {
    private static final String DECLARATIONS = """
            import io.coppice.*;
            int squareOf(int n) { return n * n; }
            int sumOfSquares(int a, int b) { return squareOf(a) + squareOf(b); }
            interface Shape { double area(); default String size() { return area() > LARGE ? "large" : "small"; } }
            record Circle(double r) implements Shape { public double area() { return 3 * r * r; } }
            record Point(int x, int y) { Point swapped() { return new Point(y, x); } }
            enum Season { WINTER, SUMMER { boolean warm() { return true; } }; boolean warm() { return false; } }
            class Full extends Exception { final int limit; Full(int limit) { super("full"); this.limit = limit; } }
            double LARGE = 100;
            String refused(Runnable submitting) { try { submitting.run(); return "accepted"; } catch (IllegalArgumentException e) { return e.getMessage(); } }
            var pool = new ProcessPoolExecutor(1);
            """;

    protected JShellSession session;

    /** @param temporary a directory for it */
    abstract JShellSession open(Path temporary) throws Exception;

    @BeforeAll
    void openTheSession(@TempDir Path temporary) throws Exception {
        session = open(temporary);
        type(DECLARATIONS.split("\n"));
    }

    @AfterAll
    void closeTheSession() throws Exception {
        session.type("pool.shutdownNow();");
        session.type("pool.close();");
        session.close();
        new NothingLeftBehind().afterEach(null);
    }

    private void type(String... snippets) throws Exception {
        for (String snippet : snippets) session.type(snippet);
    }

    private void assertValue(String expression, String expected) throws Exception {
        assertThat(session.value(expression)).as(expression).isEqualTo(expected);
    }

    @Test
    void aLambdaNeedsNothingElse() throws Exception {
        assertValue("pool.submit(() -> 6 * 7).result()", "42");
        assertValue("pool.submit(Math::max, 3, 4).result()", "4");
    }

    @Test
    void aVariableHasTheValueItHadAtTheSubmit() throws Exception {
        type("int number = 1;", "String word = \"one\";");
        type("var submitted = pool.submit(() -> word + number);", "number = 2; word = \"two\";");
        assertValue("submitted.result()", "\"one1\"");
        assertValue("pool.submit(() -> word + number).result()", "\"two2\"");
    }

    @Test
    void aKeptLambdaSeesEachChangeToo() throws Exception {
        type("int level = 1;", "Task<Integer> readsLevel = () -> level;");
        assertValue("pool.submit(readsLevel).result()", "1");
        type("level = 2;");
        assertValue("pool.submit(readsLevel).result()", "2");
        type("level = 3;");
        assertValue("pool.map((Integer i) -> readsLevel.call() + i, java.util.List.of(10, 20)).next()", "13");
    }

    /** With a buffer, a map submits while its results are taken. */
    @Test
    void allCallsOfAMapSeeTheValueAtItsBeginning() throws Exception {
        type("int during = 1;", "String seen = \"\";");
        type(
                "var lazy = pool.map((Integer i) -> during, java.util.List.of(1, 2, 3, 4), MapOptions.defaults().buffersize(1));");
        type("during = 2;");
        assertValue("pool.submit(() -> during).result()", "2");
        type("for (int each : lazy) seen += each;");
        assertValue("seen", "\"1111\"");
    }

    @Test
    void aVariableThatHoldsAnObjectIsCopiedWithItsContents() throws Exception {
        type("var names = new java.util.ArrayList<Object>(java.util.List.of(\"ash\"));");
        type("names.add(new Point(1, 2));");
        assertValue("pool.submit(() -> { names.add(3); return names; }).result()", "[ash, Point[x=1, y=2], 3]");
        assertValue("names", "[ash, Point[x=1, y=2]]");
    }

    @Test
    void whatACallAssignsStaysInTheWorker() throws Exception {
        type("int kept = 5;");
        assertValue("pool.submit(() -> kept = 99).result()", "99");
        assertValue("kept", "5");
        assertValue("pool.submit(() -> kept).result()", "5");
    }

    @Test
    void aVariableOfAnotherTypeReplacesTheFirst() throws Exception {
        type("int replaced = 1;");
        assertValue("pool.submit(() -> replaced).result()", "1");
        type("String replaced = \"text\";");
        assertValue("pool.submit(() -> replaced).result()", "\"text\"");
    }

    @Test
    void aTemporaryVariableCanBeUsed() throws Exception {
        String expression = "\"oak\".length()";
        session.value(expression);
        assertThat(session.value(temporaryVariable())).isEqualTo("3");
        assertValue("pool.submit(() -> " + temporaryVariable() + " + 1).result()", "4");
    }

    /** The name of the variable that JShell has made of the last expression. */
    abstract String temporaryVariable() throws Exception;

    @Test
    void methodsCallMethodsOfTheSession() throws Exception {
        assertValue("pool.submit(() -> sumOfSquares(3, 4)).result()", "25");
        assertValue("pool.submit((Integer a, Integer b) -> sumOfSquares(a, b), 1, 2).result()", "5");
        type("int total = 0;");
        type("for (int n : pool.map((Integer n) -> squareOf(n), java.util.List.of(1, 2, 3))) total += n;");
        assertValue("total", "14");
    }

    @Test
    void aMethodMayBeDeclaredBeforeWhatItUses() throws Exception {
        type("int early(int n) { return late(n) + offset; }", "int late(int n) { return 2 * n; }", "int offset = 100;");
        assertValue("pool.submit(() -> early(4)).result()", "108");
    }

    @Test
    void recordsAndEnumsOfTheSessionAreArgumentsAndResults() throws Exception {
        assertValue("pool.submit((Point p) -> p.swapped(), new Point(1, 2)).result()", "Point[x=2, y=1]");
        assertValue("pool.submit(Point::swapped, new Point(1, 2)).result().equals(new Point(2, 1))", "true");
        assertValue("pool.submit(Point::new, 3, 4).result()", "Point[x=3, y=4]");
        assertValue("pool.submit((Season s) -> s, Season.SUMMER).result() == Season.SUMMER", "true");
        assertValue("pool.submit(Season::warm, Season.SUMMER).result()", "true");
        assertValue("pool.submit(() -> java.util.EnumSet.allOf(Season.class)).result()", "[WINTER, SUMMER]");
        assertValue("pool.submit(() -> new Point[] {new Point(5, 6)}).result()[0]", "Point[x=5, y=6]");
    }

    @Test
    void aDefaultMethodOfAnInterfaceReadsItsVariables() throws Exception {
        type("Shape round = new Circle(2);");
        assertValue("pool.submit(Shape::area, round).result()", "12.0");
        assertValue("pool.submit((Shape s) -> s.size(), round).result()", "\"small\"");
        type("LARGE = 10;");
        assertValue("pool.submit((Shape s) -> s.size(), round).result()", "\"large\"");
    }

    @Test
    void anAnonymousClassIsSent() throws Exception {
        type("var holder = new java.io.Serializable() { int held = 8; int twice() { return 2 * held; } };");
        assertValue("pool.submit(() -> holder.twice()).result()", "16");
    }

    @Test
    void aLambdaInAVariableIsAFunctionAndIsUsedByOthers() throws Exception {
        type("int factor = 3;", "Fn1<Integer, Integer> times = n -> factor * n;");
        assertValue("pool.map(times, java.util.List.of(1, 2)).next()", "3");
        type("factor = 5;");
        assertValue("pool.submit(() -> times.apply(2)).result()", "10"); // a variable's value has variables of its own
    }

    @Test
    void aVariableThatCannotBeSentIsRefusedByItsName() throws Exception {
        String message = session.value("refused(() -> pool.submit(() -> pool.isShutdown()))");
        assertThat(message).contains("call cannot be sent to a worker").contains("variable pool");
        type("Thread thread = Thread.currentThread();");
        assertThat(session.value("refused(() -> pool.submit(() -> thread.getName()))"))
                .contains("variable thread")
                .contains("java.lang.Thread");
        assertValue("refused(() -> pool.submit(() -> squareOf(2)))", "\"accepted\"");
    }

    @Test
    void anExceptionOfTheSessionComesBack() throws Exception {
        type("int fill(int n) throws Full { if (n > 3) throw new Full(n); return n; }");
        assertValue("((Full) pool.submit(() -> fill(7)).exception()).limit", "7");
        type("String caught = \"\";");
        type("try { pool.submit(() -> fill(8)).result(); } catch (Full full) { caught = \"limit \" + full.limit; }");
        assertValue("caught", "\"limit 8\"");
    }

    @Test
    void aRedefinedMethodIsTheNewOne() throws Exception {
        for (int version = 1; version <= 3; version++) {
            type("int redefined(int n) { return n + " + version + "00; }");
            assertValue("pool.submit(() -> redefined(1)).result()", "" + version + "01");
        }
        type("String redefined(int n) { return \"text \" + n; }");
        assertValue("pool.submit(() -> redefined(1)).result()", "\"text 1\"");
    }

    @Test
    void aRedefinedClassIsTheNewOne() throws Exception {
        type("class Tree { int height() { return 1; } }");
        assertValue("pool.submit(() -> new Tree().height()).result()", "1");
        type("class Tree { int height() { return 2; } }");
        assertValue("pool.submit(() -> new Tree().height()).result()", "2");
        type("class Tree { int rings = 3; int height() { return rings; } }");
        assertValue("pool.submit((Tree tree) -> tree.height(), new Tree()).result()", "3");
        type("record Tree(int height, String name) {}");
        assertValue("pool.submit(() -> new Tree(4, \"ash\")).result()", "Tree[height=4, name=ash]");
    }

    @Test
    void aCallThatWasSubmittedBeforeARedefinitionRunsAsItWas(@TempDir Path folder) throws Exception {
        type("int version() { return 1; }", "String gate = \"" + folder.resolve("gate") + "\";");
        type("var busy = pool.submit(() -> {"
                + " while (!java.nio.file.Files.exists(java.nio.file.Path.of(gate))) Thread.onSpinWait();"
                + " return 0; });");
        type("var inFlight = new java.util.ArrayList<io.coppice.Future<Integer>>();"); // whatever becomes of what
        // uses it
        type("inFlight.add(pool.submit(() -> version()));", "int version() { return 2; }");
        type("inFlight.add(pool.submit(() -> version()));");
        type("java.nio.file.Files.createFile(java.nio.file.Path.of(gate));");
        assertValue("inFlight.get(0).result()", "1");
        assertValue("inFlight.get(1).result()", "2");
    }

    @Test
    void staticFieldsOfItsClassesAreEachJvmsOwn() throws Exception {
        type("int first = 5;", "class Count { static int from = first; static int next() { return from++; } }");
        type("Count.from = 1000;");
        assertValue("pool.submit(() -> Count.next()).result()", "5");
        assertValue("pool.submit(() -> Count.next()).result()", "6");
        assertValue("Count.from", "1000");
    }

    @Test
    void laterWorkersAndTheInitializerKnowTheSessionToo() throws Exception {
        type("String region = \"north\";", "class State { static String set = \"unset\"; }");
        type("var two = ProcessPoolExecutor.builder().maxWorkers(2).initializer(() -> State.set = region).build();");
        type("int sum = 0;", "var texts = new java.util.TreeSet<String>();");
        type("for (int n : two.map((Integer n) -> squareOf(n), java.util.List.of(1, 2, 3, 4, 5))) sum += n;");
        type("for (String s : two.map((Integer n) -> State.set, java.util.List.of(1, 2, 3, 4))) texts.add(s);");
        type("two.close();");
        assertValue("sum", "55");
        assertValue("texts", "[north]");
    }
}
