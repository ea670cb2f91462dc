// SPDX-License-Identifier: GPL-3.0-or-later
//
// A screen reader asks for children that have just gone: Qt 6.4's own scroll areas ended the
// program then.
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QScrollArea>
#include <QScrollBar>

#include "tests/app/gui/audited_pages.hpp"

using namespace rehearse;

TEST_CASE("scroll areas: a child that is not there is none, on every page") {
  test::AuditedWindow audited;
  for (const char* name : test::auditedPages()) {
    audited.open(name);
    for (QAbstractScrollArea* area : audited.seen<QAbstractScrollArea>()) {
      INFO(name << ": " << test::described(area));
      auto* told = QAccessible::queryAccessibleInterface(area);
      REQUIRE(told);
      if (told->tableInterface()) continue;  // answers with cells
      for (const int index : {-1, told->childCount(), told->childCount() + 1000})
        CHECK_FALSE(told->child(index));
    }
  }
}

TEST_CASE("scroll areas: the children are the viewport and the scroll bars that show") {
  test::ShownWindow shown;
  shown.show();
  QScrollArea area;
  area.setWidgetResizable(true);
  auto* body = new QWidget;
  body->setMinimumHeight(2000);
  area.setWidget(body);
  area.resize(200, 200);
  area.show();
  REQUIRE(QTest::qWaitForWindowExposed(&area));
  auto* told = QAccessible::queryAccessibleInterface(&area);
  REQUIRE(told);
  REQUIRE(told->childCount() == 2);
  CHECK(told->child(0)->object() == area.viewport());
  CHECK(told->child(1)->object() == area.verticalScrollBar()->parent());
  for (int index = 0; index < 2; ++index) CHECK(told->indexOfChild(told->child(index)) == index);
  CHECK(told->child(0)->parent() == told);
  body->setMinimumHeight(0);
  REQUIRE(test::waitFor([&area] { return !area.verticalScrollBar()->isVisible(); }));
  CHECK(told->childCount() == 1);
  CHECK_FALSE(told->child(1));
}
