// SPDX-License-Identifier: GPL-3.0-or-later
//
// How every table of the window looks: made to be read, not edited.
#pragma once

class QTableView;

namespace rehearse::plots {

// Rows of `rowHeight` pixels without grid, numbers or editing, whole rows
// selected, headers over the start of their columns; Tab leaves it.
void makePlain(QTableView& table, int rowHeight);

}  // namespace rehearse::plots
