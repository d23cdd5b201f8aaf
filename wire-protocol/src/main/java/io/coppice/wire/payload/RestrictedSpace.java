package io.coppice.wire.payload;

import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;

/** A class space in which not every class is found by its name. */
final class RestrictedSpace implements ClassSpace {
    private final ClassSpace all;
    private final AnswerClasses allowed;

    RestrictedSpace(ClassSpace all, AnswerClasses allowed) {
        this.all = all;
        this.allowed = allowed;
    }

    @Override
    public Class<?> find(int loader, String name) throws ClassNotFoundException {
        try {
            check(name);
        } catch (InvalidClassException notAllowed) {
            // A class that is not found, Java serialization can do without.
            throw KryoSetup.sneaky(notAllowed);
        }
        return all.find(loader, name);
    }

    @Override
    public void check(String className) throws InvalidClassException {
        allowed.check(className);
    }

    @Override
    public int loaderOf(Class<?> type) throws NotSerializableException {
        return all.loaderOf(type);
    }

    @Override
    public List<Field> variablesUsedBy(Collection<Class<?>> classes, Collection<SerializedLambda> lambdas) {
        return all.variablesUsedBy(classes, lambdas);
    }

    @Override
    public boolean takesVariables() {
        return all.takesVariables();
    }
}
