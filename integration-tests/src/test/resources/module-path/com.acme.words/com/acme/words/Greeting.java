package com.acme.words;

public interface Greeting {
    String greet(String name);
}
