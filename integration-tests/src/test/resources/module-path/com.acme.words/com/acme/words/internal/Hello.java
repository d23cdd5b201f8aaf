package com.acme.words.internal;

public final class Hello implements com.acme.words.Greeting {
    @Override
    public String greet(String name) {
        return "hello " + name;
    }
}
