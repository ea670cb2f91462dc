// SPDX-License-Identifier: GPL-3.0-or-later
//
// CardLibrary: the cards of the product and of the user, and the formulas they show. A file that
// cannot be read is a problem that hides no other card; an id that stands twice is a problem that
// names both files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/practice/card.hpp"

namespace rehearse::practice {

struct Formula {
  std::string tex, alt, picture;  // path of the SVG; empty where it was not rendered
};

class CardLibrary {
 public:
  // Content folders, built-in first; those that do not exist are left out.
  static CardLibrary open(const std::vector<std::string>& folders);

  const std::vector<Card>& cards() const { return cards_; }  // by topic, then title
  const Card* find(std::string_view id) const;
  const std::map<std::string, Formula>& formulas() const { return formulas_; }
  const std::vector<Error>& problems() const { return problems_; }

 private:
  void read_formulas(const std::string& folder);
  std::vector<Card> cards_;
  std::map<std::string, Formula> formulas_;
  std::vector<Error> problems_;
};

// The guide's ids and labels (content/inventory.toml).
struct InventoryEntry {
  std::string id, kind, section, label;
};
Result<std::vector<InventoryEntry>> load_inventory(const std::string& path);

}  // namespace rehearse::practice
