// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window on a product of a test's own: write what it needs below `product`, then show it.
#pragma once

#include <QAbstractButton>
#include <QTest>
#include <memory>

#include "app/gui/main_window.hpp"
#include "tests/app/qt_home.hpp"

namespace rehearse::test {

struct ShownWindow {
  Product product;
  std::unique_ptr<present::AppContext> context;
  std::unique_ptr<gui::MainWindow> window;

  void show(int width = 1440, int height = 900) {
    context = product.open();
    window = std::make_unique<gui::MainWindow>(*context);
    window->resize(width, height);
    window->show();
    REQUIRE(QTest::qWaitForWindowExposed(window.get()));
  }
  void open(const char* page) {
    REQUIRE(window->openPage(page));
    REQUIRE(settled(*context));
  }
  // The one that is seen with this text, or null.
  QAbstractButton* button(const QString& text) const {
    for (auto* found : window->findChildren<QAbstractButton*>())
      if (found->text() == text && found->isVisible()) return found;
    return nullptr;
  }
};

}  // namespace rehearse::test
