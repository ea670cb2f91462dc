// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serving/cost.hpp"

namespace rehearse::serving {

double cost_us(const Work& work, const Prices& prices) {
  return prices.lookup_us * work.lookups + prices.multiply_add_us * work.multiply_adds +
         prices.int8_multiply_add_us * work.int8_multiply_adds +
         prices.tree_node_us * work.tree_nodes;
}

}  // namespace rehearse::serving
