package com.acme.words.internal;

public final class GoodMorning implements com.acme.words.Greeting {
    @Override
    public String greet(String name) {
        return "good morning " + name;
    }
}
