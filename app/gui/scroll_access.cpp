// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/scroll_access.hpp"

#include <QAbstractScrollArea>
#include <QAccessibleWidget>
#include <QScrollBar>

namespace rehearse::gui {
namespace {

// The children are those that Qt's own has: the viewport, the containers of the scroll bars that
// show, the corner.
class ScrollAccess : public QAccessibleWidget {
 public:
  explicit ScrollAccess(QAbstractScrollArea* area) : QAccessibleWidget(area, QAccessible::Client) {}

  bool isValid() const override { return QAccessibleWidget::isValid() && area()->viewport(); }

  int childCount() const override { return static_cast<int>(parts().size()); }

  QAccessibleInterface* child(int index) const override {
    return QAccessible::queryAccessibleInterface(parts().value(index));
  }

  int indexOfChild(const QAccessibleInterface* child) const override {
    return child && child->object() ? static_cast<int>(parts().indexOf(child->object())) : -1;
  }

  QAccessibleInterface* childAt(int x, int y) const override {
    for (QObject* part : parts()) {
      auto* found = QAccessible::queryAccessibleInterface(part);
      if (found && found->rect().contains(x, y)) return found;
    }
    return nullptr;
  }

 private:
  QAbstractScrollArea* area() const { return static_cast<QAbstractScrollArea*>(widget()); }

  QObjectList parts() const {
    if (!isValid()) return {};
    QObjectList found{area()->viewport()};
    for (const QScrollBar* bar : {area()->horizontalScrollBar(), area()->verticalScrollBar()})
      if (bar && bar->isVisible()) found.append(bar->parent());
    if (QWidget* corner = area()->cornerWidget(); corner && corner->isVisible())
      found.append(corner);
    return found;
  }
};

// Qt asks with the name of the object's class, then with those of the classes it derives from; the
// views of items and texts, which have interfaces of their own, never come as far as this.
QAccessibleInterface* scrollAccess(const QString& className, QObject* object) {
  if (className != "QScrollArea" && className != "QAbstractScrollArea") return nullptr;
  auto* area = qobject_cast<QAbstractScrollArea*>(object);
  return area ? new ScrollAccess(area) : nullptr;
}

}  // namespace

void guardScrollAreas() {
  static const bool once = (QAccessible::installFactory(scrollAccess), true);
  Q_UNUSED(once);
}

}  // namespace rehearse::gui
