// SPDX-License-Identifier: GPL-3.0-or-later
//
// What scoring one example costs, by a declared law and not by the clock of the machine that runs
// this: the work is counted exactly, and each kind of work has a price.
//
//   µs = look · lookups + mac · multiply_adds + mac8 · int8_multiply_adds + node · tree_nodes
//
// Prices are those of one core of a server of 2020: a lookup in a table larger than the cache 0.02
// µs, a float32 multiply-add in a small matrix 0.0005 µs (2 a nanosecond), an int8 one a quarter of
// it, a tree node 0.004 µs (a load that waits for the one before, and a branch that nobody can
// predict). They are made for comparing, and for seeing a trade-off; measure your own machine
// before you promise anything (tests/bench has such a measurement).
#pragma once

namespace rehearse::serving {

struct Work {
  double lookups = 0, multiply_adds = 0, int8_multiply_adds = 0, tree_nodes = 0;
};

struct Prices {
  double lookup_us = 0.02, multiply_add_us = 0.0005, int8_multiply_add_us = 0.000125,
         tree_node_us = 0.004;
};

double cost_us(const Work& work, const Prices& prices = {});

}  // namespace rehearse::serving
