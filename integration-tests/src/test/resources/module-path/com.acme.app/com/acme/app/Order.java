package com.acme.app;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A class as people write them: mutable, with a list of others. */
final class Order implements Serializable {
    private final String customer;
    private final List<Point> points = new ArrayList<>();

    Order(String customer) {
        this.customer = customer;
    }

    Order with(Point point) {
        points.add(point);
        return this;
    }

    @Override
    public String toString() {
        return customer + points;
    }
}
