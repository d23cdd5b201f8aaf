package io.coppice.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of CONDEMNED: a stack as text, a line for each element, with tabs between its class, method, file and line.
 * What is cut off is the outermost.
 */
final class StackForm {
    static final int MAX_BYTES = 64 << 10;

    private static final int MOST_ELEMENTS = 512;
    private static final int MAX_NAME = 1 << 10;

    private StackForm() {}

    static byte[] bytes(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement each : stack.subList(0, Math.min(stack.size(), MOST_ELEMENTS))) {
            int before = text.length();
            text.append(name(each.getClassName())).append('\t');
            text.append(name(each.getMethodName())).append('\t');
            if (each.getFileName() != null) text.append(name(each.getFileName()));
            text.append('\t').append(each.getLineNumber()).append('\n');
            if (text.length() * 3 > MAX_BYTES) { // bytes of a character, at most
                text.setLength(before);
                break;
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String name(String name) {
        String cut = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
        return cut.replace('\t', ' ').replace('\n', ' ');
    }

    static List<StackTraceElement> stack(String text) throws WireException {
        List<StackTraceElement> stack = new ArrayList<>();
        for (int at = 0, end; at < text.length(); at = end + 1) {
            end = text.indexOf('\n', at);
            String[] parts = end < 0 ? new String[0] : text.substring(at, end).split("\t", -1);
            if (parts.length != 4) throw WireException.malformed(FrameType.CONDEMNED, "element=" + stack.size());
            stack.add(new StackTraceElement(parts[0], parts[1], parts[2].isEmpty() ? null : parts[2], line(parts[3])));
        }
        return stack;
    }

    private static int line(String number) throws WireException {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException garbage) {
            throw WireException.malformed(FrameType.CONDEMNED, "line is no number");
        }
    }
}
