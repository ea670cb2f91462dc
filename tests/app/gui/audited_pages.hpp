// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window on a small product with something in every place, and its pages by name: what the audits
// look at.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include "app/gui/page.hpp"
#include "tests/app/shown_window.hpp"

namespace rehearse::test {

inline const char* kAuditedDesign = R"(design "Small" { asks = "Does it fit?", seed = 5 }
chapter "One" "A first paragraph."
local rate = slider("base click rate", 0.05, { 0.01, 0.2, scale = "log", unit = "%" })
local method = choice("calibration", "platt", { "none", "platt" })
local log = source("impressions", simulate.impressions { users = 60, days = 4, sessions_per_day = 1, base_ctr = rate }, { "time", "click" })
show.line { log, y = "click", by = "day", truth = "click_probability", title = "Clicks", x_title = "day", y_title = "rate", see = "it moves" }
)";

inline const std::vector<const char*>& auditedPages() {
  static const std::vector<const char*> pages = {
      "today", "drills", "drill:add-two", "designs",  "design:small",
      "study", "files",  "progress",      "settings", "card:half"};
  return pages;
}

struct AuditedWindow : ShownWindow {
  explicit AuditedWindow(int width = 1440, int height = 900) {
    writeFile(product.path("product/designs/small.lua"), kAuditedDesign);
    context = product.open();
    for (int i = 0; i < 12; ++i) {
      practice::Attempt attempt;
      attempt.drill = "add-two";
      attempt.submitted_at = practice::system_seconds() - i * 40000;
      attempt.elapsed_s = 60;
      attempt.verdict = i % 3 ? "AC" : "WA";
      attempt.stated = 0.7;
      REQUIRE(practice::add_attempt(context->database(), attempt));
    }
    context.reset();
    show(width, height);
  }
  gui::Page* page() const {
    return static_cast<gui::Page*>(window->findChild<QStackedWidget*>("pages")->currentWidget());
  }
  template <typename Widget>
  QList<Widget*> seen() const {
    QList<Widget*> all = window->findChildren<Widget*>();
    all.removeIf([](const Widget* one) { return !one->isVisible(); });
    return all;
  }
};

// For a message: which widget it is.
inline std::string described(const QWidget* widget) {
  std::string text = widget->metaObject()->className();
  text += " '" + widget->objectName().toStdString() + "'";
  if (const auto* label = qobject_cast<const QLabel*>(widget))
    text += " " + label->text().toStdString();
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
    text += " " + button->text().toStdString();
  if (widget->parentWidget())
    text += std::string(" in ") + widget->parentWidget()->metaObject()->className();
  return text;
}

}  // namespace rehearse::test
