package io.coppice.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bytes of FETCH and SUPPLY. */
final class CodeForm {
    private CodeForm() {}

    /** The body of SUPPLY behind the number of its items. */
    static Items items(List<Code> codes) {
        return Items.copyOf(codes.stream().map(CodeForm::item).toArray(Payload[]::new));
    }

    private static Payload item(Code code) {
        byte[] name = code.name().name().getBytes(StandardCharsets.UTF_8);
        Payload contents = code.contents().region();
        ByteBuffer item = ByteBuffer.allocate(FrameLayout.CODE_NAME + name.length + contents.length());
        item.put(code.name().kind().code)
                .putInt(code.name().loader())
                .putInt(code.definer())
                .putInt(code.contents().count())
                .putInt(name.length)
                .put(name)
                .put(contents.bytes(), contents.offset(), contents.length());
        return Payload.of(item.array());
    }

    static List<Code> codes(Items items) throws WireException {
        List<Code> codes = new ArrayList<>();
        for (Items.Cursor item = items.cursor(); item.next(); ) codes.add(code(item.payload()));
        return codes;
    }

    private static Code code(Payload item) throws WireException {
        ByteBuffer bytes = ByteBuffer.wrap(item.bytes(), item.offset(), item.length());
        byte kind = bytes.get();
        int loader = bytes.getInt();
        int definer = bytes.getInt();
        int count = bytes.getInt();
        int nameLength = bytes.getInt();
        if (loader < 0 || definer < Code.TOO_LARGE || count < 0 || nameLength < 0 || nameLength > bytes.remaining())
            throw WireException.malformed(
                    FrameType.SUPPLY,
                    "loader=" + loader + ", definer=" + definer + ", contents=" + count + ", nameLength=" + nameLength);
        String name = text(FrameType.SUPPLY, bytes.slice(bytes.position(), nameLength));
        bytes.position(bytes.position() + nameLength);
        Items contents = new Items(count, new Payload(item.bytes(), bytes.position(), bytes.remaining()));
        contents.check(FrameType.SUPPLY, 0);
        return new Code(new CodeName(CodeName.Kind.ofCode(FrameType.SUPPLY, kind), loader, name), definer, contents);
    }

    static CodeName name(ByteBuffer body) throws WireException {
        byte kind = body.get();
        int loader = body.getInt();
        if (loader < 0) throw WireException.malformed(FrameType.FETCH, "loader=" + loader);
        return new CodeName(CodeName.Kind.ofCode(FrameType.FETCH, kind), loader, text(FrameType.FETCH, body));
    }

    static String text(FrameType type, ByteBuffer utf8) throws WireException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException notUtf8) {
            throw WireException.malformed(type, "text is not UTF-8");
        }
    }
}
