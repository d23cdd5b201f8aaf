package com.acme.library;

public final class Hello implements Greeting {
    @Override
    public String greet(String name) {
        return "hello " + name;
    }
}
