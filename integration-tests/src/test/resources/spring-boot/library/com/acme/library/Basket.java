package com.acme.library;

import java.util.ArrayList;
import java.util.List;

/** Not Serializable, and without a constructor that takes nothing. */
public final class Basket {
    private final String owner;
    private final List<String> things = new ArrayList<>();

    public Basket(String owner) {
        this.owner = owner;
    }

    public Basket with(String thing) {
        things.add(thing);
        return this;
    }

    @Override
    public String toString() {
        return owner + things;
    }
}
