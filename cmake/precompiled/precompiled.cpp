// SPDX-License-Identifier: GPL-3.0-or-later
//
// Carries the precompiled headers (cmake/Rooms.cmake); holds no code.
