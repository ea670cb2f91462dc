// SPDX-License-Identifier: GPL-3.0-or-later
//
// A few drills and a file of sets, for tests of what is shown of them.
#pragma once

#include "tests/app/qt_home.hpp"

namespace rehearse::test {

inline QByteArray drillNamed(const QByteArray& id, const QByteArray& title) {
  return QByteArray(kDrill)
      .replace("\"add-two\"", "\"" + id + "\"")
      .replace("Add two numbers", title);
}

inline const char* kSets = R"([[set]]
id = "sums"
title = "Sums"
about = "From easy to hard."
pattern = true
drills = ["add-three", "not-written-yet", "add-two"]

[[set]]
id = "nothing"
title = "Nothing of it is here"
drills = ["not-written-yet"]

[[set]]
id = "one-sitting"
title = "One sitting"
minutes = 40
drills = ["add-one"]
)";

// Beside add-two, which every product of the tests has.
inline void writeSets(const Product& product) {
  for (const auto& [id, title] :
       {std::pair{"add-one", "Add one"}, std::pair{"add-three", "Add three"}})
    writeFile(product.path(QString("product/drills/warm-up/%1.lua").arg(id)),
              drillNamed(id, title));
  writeFile(product.path("product/drills/sets.toml"), kSets);
}

}  // namespace rehearse::test
