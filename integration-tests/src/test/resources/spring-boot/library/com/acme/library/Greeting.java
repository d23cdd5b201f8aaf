package com.acme.library;

public interface Greeting {
    String greet(String name);
}
