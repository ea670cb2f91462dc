// SPDX-License-Identifier: GPL-3.0-or-later
//
// Domain: what a drill's inputs have in common, learned from its cases, so that a shrunk input is
// one that the statement allows. No drill says its rules in code; what holds in every case (ranges,
// least lengths, ascending lists, rows of one length, start before stop, k ≤ #nums, the letters in
// use) is taken for a rule. That is sometimes too narrow, which costs a little shrinking, and
// seldom too wide.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "drills/judge/drill.hpp"

namespace rehearse::judge {

class Domain {
 public:
  explicit Domain(const Signature& signature) : signature_(signature) {}
  void learn(const Input& input);
  bool allows(const Input& input) const;

 private:
  // What was seen of the values at one place.
  struct Shape {
    double least = 0, most = 0;             // of numbers
    std::size_t shortest = 0, longest = 0;  // of lists, strings and maps
    bool seen = false, seen_long = false;
    bool ascending = true, strictly = true, distinct = true, rows_alike = true;
    std::bitset<256> bytes;
    std::vector<Shape> parts;
    std::vector<std::vector<char>> at_most, below;  // between parts of a tuple
  };
  static void learn_value(Shape& shape, const Value& value, const Type& type);
  static bool allows_value(const Shape& shape, const Value& value, const Type& type);
  static void learn_list(Shape& shape, const Value& value, const Type& type);
  static bool allows_list(const Shape& shape, const Value& value, const Type& type);
  static void learn_tuple(Shape& shape, const std::vector<Value>& values,
                          const std::vector<Type>& types);
  static bool allows_tuple(const Shape& shape, const std::vector<Value>& values,
                           const std::vector<Type>& types);

  const Signature& signature_;
  Shape arguments_;
  std::map<std::string, Shape> methods_;
  std::size_t fewest_calls_ = 1;
};

}  // namespace rehearse::judge
