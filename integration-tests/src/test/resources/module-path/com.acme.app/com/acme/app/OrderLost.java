package com.acme.app;

final class OrderLost extends Exception {
    private final Point where;

    OrderLost(Point where) {
        super("lost at " + where.x());
        this.where = where;
    }

    Point where() {
        return where;
    }
}
