package com.acme.app;

record Point(int x, int y) implements java.io.Serializable {
    Point moved(int by) {
        return new Point(x + by, y + by);
    }
}
