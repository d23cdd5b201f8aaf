package io.coppice.wire.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** A path of the default file system as its text: relative stays relative, to the directory of whoever reads it. */
final class PathSerializer extends Serializer<Path> {
    PathSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output out, Path path) {
        if (path.getFileSystem() != FileSystems.getDefault())
            throw KryoSetup.sneaky(Refusal.of(path, ", a path of another file system than the default"));
        out.writeString(path.toString());
    }

    @Override
    public Path read(Kryo kryo, Input in, Class<? extends Path> type) {
        return Path.of(in.readString());
    }
}
