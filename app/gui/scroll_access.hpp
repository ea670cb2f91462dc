// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a screen reader is told of a scroll area.
//
// Qt 6.4 reads beyond its list when it is asked for a child that is not there
// (QAccessibleAbstractScrollArea::child), and the program ends. A screen reader asks for one
// whenever a scroll bar goes between its two questions, how many and which; a page that becomes
// short enough while it is read is enough.
#pragma once

namespace rehearse::gui {

// From now on scroll areas say that there is no such child. For the whole program; again is
// nothing.
void guardScrollAreas();

}  // namespace rehearse::gui
